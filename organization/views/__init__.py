"""The pages of the organization, one module per thing."""
