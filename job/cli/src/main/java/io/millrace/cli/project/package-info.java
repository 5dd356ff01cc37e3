/**
 * What {@code millrace init} makes: {@link io.millrace.cli.project.NewProject} fills in the files
 * in this package's resources.
 */
package io.millrace.cli.project;
