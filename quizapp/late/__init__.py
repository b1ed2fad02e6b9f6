"""The wing of late answers: what came after the close, for the organisers to decide."""
