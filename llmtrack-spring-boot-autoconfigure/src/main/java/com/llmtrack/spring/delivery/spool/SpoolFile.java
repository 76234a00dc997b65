// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.llmtrack.spring.delivery.SpooledEvent;
import org.jspecify.annotations.Nullable;

/**
 * Names of event files: {@code 1790000000000-IDEMPOTENCY_KEY.json}. The number is the
 * time at which the event was recorded, so that files sort by age; with the key, an event
 * can be sent by hand.
 */
final class SpoolFile {

	private static final Pattern NAME = Pattern
		.compile("(\\d{13})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.json");

	private static final String TEMPORARY = ".tmp";

	/** Larger than any event. */
	private static final long MAX_SIZE = 64 * 1024;

	private SpoolFile() {
	}

	static String name(String idempotencyKey, Instant recordedAt) {
		// Independent of the digits of the default locale
		return String.format(Locale.ROOT, "%013d-%s.json", recordedAt.toEpochMilli(), idempotencyKey);
	}

	static String name(SpooledEvent event) {
		return name(event.idempotencyKey(), event.recordedAt());
	}

	/**
	 * Return the name of a file that is not complete yet.
	 */
	static String temporary(String name) {
		return name + TEMPORARY;
	}

	static boolean isTemporary(Path file) {
		String name = file.getFileName().toString();
		return name.endsWith(TEMPORARY)
				&& NAME.matcher(name.substring(0, name.length() - TEMPORARY.length())).matches();
	}

	/**
	 * Return the event in a file, by the file's name and size.
	 * @return the event, or {@code null} if it is not an event file
	 */
	static @Nullable SpooledEvent event(Path file) throws IOException {
		Matcher matcher = NAME.matcher(file.getFileName().toString());
		if (!matcher.matches()) {
			return null;
		}
		BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
				LinkOption.NOFOLLOW_LINKS);
		return (attributes.isRegularFile() && attributes.size() <= MAX_SIZE) ? new SpooledEvent(matcher.group(2),
				Instant.ofEpochMilli(Long.parseLong(matcher.group(1))), attributes.size()) : null;
	}

}
