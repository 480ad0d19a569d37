package dev.isogloss.api;

/// Regular expressions of names, in RE2's syntax (what the API server and the local reader both understand).
final class Patterns {
    static final String LANGUAGE = "^[A-Za-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*$";
    static final String SPLIT = "^[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?$";
    static final String NAME = "^[A-Za-z0-9]([-_.+@/A-Za-z0-9]*[A-Za-z0-9])?$";
    static final String URI = "^(hf|s3|https?|file)://[^\\s]+$";
    static final String RELATIVE_PATH = "^[^/\\s][^\\s]*$";
    static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
    static final String DNS_LABEL_ANY_CASE = "^[A-Za-z]([-A-Za-z0-9]*[A-Za-z0-9])?$";
    static final String DNS_NAME = "^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$";
    static final String ENVIRONMENT = "^[A-Za-z_][A-Za-z0-9_]*$";
    static final String IMAGE = "^[^\\s]+$";
    static final String KEY = "^[0-9a-f]{64}$";

    private Patterns() {}
}
