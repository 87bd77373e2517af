CREATE TABLE guest (name text);
INSERT INTO guest VALUES ('Ada');
