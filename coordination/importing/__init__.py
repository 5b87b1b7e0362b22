"""Taking over what an office has on file elsewhere: its organisation and its old minutes, through the same flows."""
