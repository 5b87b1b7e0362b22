"""The demo office: 临江能源集团, played through the real flows. Loaded only into the embedded database."""
