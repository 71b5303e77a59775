"""How the moves detector is trained; run through models/moves/train.py."""
