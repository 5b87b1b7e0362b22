"""The pages of the dispute."""
