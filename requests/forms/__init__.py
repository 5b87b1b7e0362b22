"""The shape of what the pages of the matter take in. Who may do it and when is the flows' business."""
