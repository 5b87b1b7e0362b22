"""Who may open what: one list of rows for each app."""
