"""The room of commitments: what was promised, until it is kept."""
