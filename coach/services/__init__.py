"""What the app and the command line ask for, put together from rooms. ``coach.bootstrap`` makes them."""
