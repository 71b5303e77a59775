"""The room in which a supervisor reads what agents shared."""
