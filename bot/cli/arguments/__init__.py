"""What can be typed behind `giaoban`: the commands and their options, a file for each subject."""
