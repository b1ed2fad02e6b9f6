"""The wing of jobs: work that is too long for a request, asked for in one process and done in another."""
