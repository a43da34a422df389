"""The types of questions, one file each: `reporting.questions.question_types` finds whatever lies here."""
