-- A mail is written by the worker from its kind and its sealed data; the subject is part of that.
ALTER TABLE "outgoing_mail" RENAME COLUMN "subject" TO "kind";
