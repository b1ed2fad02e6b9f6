"""The wing of a jury's papers: all marks in Excel, the minutes, essays to mark on paper, and marks that come back."""
