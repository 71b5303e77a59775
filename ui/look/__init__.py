"""How it looks: tokens, the style sheet made of them, themes and icons."""
