"""The wing of likeness: essays that are alike, or like a given text; machines search, organisers decide."""
