"""Small widgets and painters that several rooms use."""
