"""What other programs wrote, read into judgements and raters."""
