// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TestDatabase}.
 */
class TestDatabaseTests {

	@ParameterizedTest
	// The tests of another class pause the other server
	@EnumSource(mode = Mode.EXCLUDE, names = "CONTROLLED_POSTGRESQL")
	void eachTestHasASchemaOfItsOwn(TestDatabase database) {
		try (TestSchema schema = database.create(); TestSchema other = database.create()) {
			schema.execute("CREATE TABLE SOMETHING (ID INTEGER)");
			schema.jdbc().update("INSERT INTO SOMETHING VALUES (?)", 1);
			other.execute("CREATE TABLE SOMETHING (ID INTEGER)");
			assertThat(other.jdbc().queryForList("SELECT ID FROM SOMETHING", Integer.class)).isEmpty();
			assertThat(schema.jdbc().queryForList("SELECT ID FROM SOMETHING", Integer.class)).containsExactly(1);
		}
	}

}
