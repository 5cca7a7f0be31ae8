//! One document's text becomes facts with their place.
