"""The pages of meetings and minutes."""
