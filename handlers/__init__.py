"""What is done about an update: an aiogram update comes in, a list of `Say` comes out."""
