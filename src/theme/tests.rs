//! What a theme promises, tried on the default one.
