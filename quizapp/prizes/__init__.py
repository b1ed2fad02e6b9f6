"""Prizes: who gets what by a snapshot's boards, ties that organisers decide, and the seed that lots are drawn by."""
