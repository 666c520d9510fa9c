"""What is true of the French language, whatever the article and the model."""
