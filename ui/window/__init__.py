"""The shell around the rooms: menus, bar, navigation, status."""
