//! Snippets and the facts they state.
