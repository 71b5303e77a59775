"""Practice: written situations and own turns to say better, a quiz, what-ifs, and role-play.

Pure: content comes from ``assets/practice``, moves from a ``MoveDetector``, time from the caller.
"""
