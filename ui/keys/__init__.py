"""Keys that work while another window has the keyboard.

Each is registered with the system by itself: no key but these ever reaches Sameside, see
docs/decisions/0010-keys.md.
"""
