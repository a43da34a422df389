"""What is done about an update: an aiogram update comes in, what to say comes out."""
