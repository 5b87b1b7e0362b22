"""The pages of the matter, a file for each subject."""
