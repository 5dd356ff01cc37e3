package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.ColumnType;

/** A column of a result: its name and type. */
public record ResultColumn(String name, ColumnType type) {}
