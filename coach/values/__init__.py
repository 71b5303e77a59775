"""What rooms, ports and windows share on a subject: frozen values, and Protocols of whoever keeps them."""
