// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.llmtrack.spring.delivery.http.JsonEventCodec;
import com.llmtrack.spring.json.Json;
import com.llmtrack.spring.testsupport.EventSchema;

/**
 * What is in the directory of a spool.
 *
 * @param directory the directory
 */
public record SpoolContent(Path directory) {

	/**
	 * Create a spool there, with a clock of the test.
	 */
	public FileSpool spool(LongSupplier clock) {
		return spool(1000, 1_000_000, clock);
	}

	public FileSpool spool(int maxEvents, long maxBytes, LongSupplier clock) {
		return new FileSpool(new SpoolSettings(this.directory, maxEvents, maxBytes),
				new JsonEventCodec(Json.get(), true), clock);
	}

	/**
	 * Return all files, of the spool and of others.
	 */
	public List<Path> files() {
		return list(this.directory).sorted().toList();
	}

	private static Stream<Path> list(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			return files.toList()
				.stream()
				.flatMap((file) -> Stream.concat(Stream.of(file), Files.isDirectory(file) ? list(file) : Stream.of()));
		}
		catch (NoSuchFileException ex) {
			// Removed meanwhile
			return Stream.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the files of events, each of which must fulfil the contract.
	 */
	public List<Path> events() {
		List<Path> events = files().stream().filter((file) -> file.toString().endsWith(".json")).toList();
		events.forEach((event) -> EventSchema.validated(text(event)));
		return events;
	}

	/**
	 * Return the idempotency keys of the events.
	 */
	public Set<String> keys() {
		return events().stream()
			.map((file) -> file.getFileName().toString())
			.map((name) -> name.substring(name.indexOf('-') + 1, name.length() - ".json".length()))
			.collect(Collectors.toSet());
	}

	public static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
