"""Reports: drafts, answers, revisions, approval, queries, and the forms they follow."""
