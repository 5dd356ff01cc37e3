package io.millrace.tdengine.catalog;

/** What a catalog may do to its server. */
public enum CatalogAccess {
    /** Ask and change. */
    WRITE,
    /** Ask; changes are remembered and reach no server. */
    READ,
    /** Neither; there need not be a server. */
    NONE
}
