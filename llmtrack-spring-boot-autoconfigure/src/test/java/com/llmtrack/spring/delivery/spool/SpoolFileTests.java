// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

import com.llmtrack.spring.delivery.SpooledEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SpoolFile}.
 */
class SpoolFileTests {

	private static final String KEY = "0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9";

	private static final String NAME = "1790000000123-" + KEY + ".json";

	private static final Instant RECORDED_AT = Instant.ofEpochMilli(1790000000123L);

	@TempDir
	Path directory;

	@Test
	void nameHoldsTheTimeAndTheKey() {
		assertThat(SpoolFile.name(KEY, RECORDED_AT)).isEqualTo(NAME);
		assertThat(SpoolFile.name(KEY, RECORDED_AT.plusNanos(999_999))).isEqualTo(NAME);
		assertThat(SpoolFile.name(new SpooledEvent(KEY, RECORDED_AT, 5))).isEqualTo(NAME);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ar-EG", "hi-IN-u-nu-deva", "th-TH-u-nu-thai", "tr", "fa" })
	void nameIsTheSameInEveryLocale(String tag) {
		Locale locale = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag(tag));
			assertThat(SpoolFile.name(KEY, RECORDED_AT)).isEqualTo(NAME);
		}
		finally {
			Locale.setDefault(locale);
		}
	}

	@Test
	void namesSortByAge() {
		assertThat(SpoolFile.name(KEY, Instant.ofEpochMilli(999))).isLessThan(SpoolFile.name(KEY, RECORDED_AT));
	}

	@Test
	void eventIsReadFromTheName() throws IOException {
		Path file = Files.writeString(this.directory.resolve(NAME), "{}");
		assertThat(SpoolFile.event(file)).isEqualTo(new SpooledEvent(KEY, RECORDED_AT, 2));
	}

	@ParameterizedTest
	@ValueSource(strings = { NAME + ".tmp", "x" + NAME, NAME + "x", "1-" + KEY + ".json", KEY + ".json",
			"1790000000123-" + KEY, "1790000000123-0B1C2D3E-4F50-4617-8293-A4B5C6D7E8F9.json", "1790000000123-x.json",
			"notes.txt" })
	void otherNamesAreNoEvents(String name) throws IOException {
		assertThat(SpoolFile.event(Files.writeString(this.directory.resolve(name), "{}"))).isNull();
	}

	@Test
	void whatIsNoFileIsNoEvent() throws IOException {
		assertThat(SpoolFile.event(Files.createDirectory(this.directory.resolve(NAME)))).isNull();
	}

	@Test
	void whatIsFarTooLargeIsNoEvent() throws IOException {
		Path file = this.directory.resolve(NAME);
		try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
			sparse.setLength(3L << 30);
		}
		assertThat(SpoolFile.event(file)).isNull();
	}

	@Test
	void temporaryNamesAreTold() {
		assertThat(SpoolFile.isTemporary(Path.of("a", SpoolFile.temporary(NAME)))).isTrue();
		assertThat(SpoolFile.isTemporary(Path.of("a", NAME))).isFalse();
		assertThat(SpoolFile.isTemporary(Path.of("a", "notes.tmp"))).isFalse();
	}

}
