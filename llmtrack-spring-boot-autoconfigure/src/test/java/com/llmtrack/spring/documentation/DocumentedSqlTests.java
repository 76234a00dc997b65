// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.llmtrack.spring.delivery.jdbc.JdbcSpool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.datasource.init.ScriptException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Checks the SQL in the documentation: scripts are those of the spool, and statements
 * work with its tables.
 */
@Tag("project")
class DocumentedSqlTests {

	private static final Pattern SCRIPT = Pattern.compile("schema-\\w+\\.sql");

	private static final List<Path> SCRIPTS = Project
		.files(Project.ROOT.resolve("llmtrack-spring-boot-autoconfigure/src/main/resources"))
		.filter((file) -> file.toString().endsWith(".sql"))
		.toList();

	static List<CodeBlock> scripts() {
		return Page.blocks("sql").stream().filter(DocumentedSqlTests::isScript).toList();
	}

	static List<CodeBlock> statements() {
		return Page.blocks("sql").stream().filter((block) -> !isScript(block)).toList();
	}

	private static boolean isScript(CodeBlock block) {
		return block.code().startsWith("CREATE TABLE");
	}

	@ParameterizedTest
	@MethodSource("scripts")
	void scriptIsOneOfTheSpool(CodeBlock block) {
		assertThat(SCRIPTS).as("%s", block).anyMatch((script) -> Project.text(script).equals(block.code()));
	}

	@ParameterizedTest
	@MethodSource("statements")
	void statementsWorkWithTheTables(CodeBlock block) {
		execute(block.code());
	}

	@Test
	void statementThatDoesNotIsNoticed() {
		assertThatExceptionOfType(ScriptException.class)
			.isThrownBy(() -> execute("SELECT COUNT(*) FROM LLMTRACK_EVENTS;"));
	}

	@Test
	void everyScriptIsNamedAndIsThere() {
		Stream<String> named = Page.all()
			.stream()
			.flatMap((page) -> SCRIPT.matcher(page.text()).results().map(MatchResult::group).toList().stream())
			.distinct();
		assertThat(named).containsExactlyInAnyOrderElementsOf(
				SCRIPTS.stream().map((script) -> script.getFileName().toString()).toList());
	}

	private static void execute(String statements) {
		EmbeddedDatabase database = new EmbeddedDatabaseBuilder().generateUniqueName(true)
			.setType(EmbeddedDatabaseType.H2)
			.build();
		try {
			new ResourceDatabasePopulator(new ClassPathResource("schema-h2.sql", JdbcSpool.class),
					new ByteArrayResource(statements.getBytes(StandardCharsets.UTF_8)))
				.execute(database);
		}
		finally {
			database.shutdown();
		}
	}

}
