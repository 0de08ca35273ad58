package dev.winnow.service.model;

/** What a graph input is fed with; each is {@code int64 [rows, width]}. */
public enum TensorRole {
    /** Vocabulary ids. */
    INPUT_IDS,
    /** 1 for each token. */
    ATTENTION_MASK,
    /** Token types. */
    TOKEN_TYPE_IDS
}
