"""The shape of what the pages of meetings take in. Who may do it and when is the flows' business."""
