// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.io.File;

import com.llmtrack.spring.delivery.spool.SpoolSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Pending events on disk.
 *
 * @param directory Directory that keeps pending events, so that they survive a restart.
 * Any number of applications may share it. If not set, they are kept in memory only.
 * @param maxEvents Maximum number of events that one application keeps in the directory.
 * Further ones are kept in memory only.
 * @param maxSize Maximum size of the events that one application keeps in the directory.
 * Further ones are kept in memory only.
 */
record SpoolProperties(@Nullable File directory, @DefaultValue("50000") int maxEvents,
		@DefaultValue("50MB") DataSize maxSize) {

	/**
	 * Take an empty name for none, so that it may come from a variable that is not set
	 * everywhere.
	 */
	@ConstructorBinding
	SpoolProperties {
		directory = (directory != null && StringUtils.hasText(directory.getPath())) ? directory : null;
	}

	SpoolProperties() {
		this(null, 50_000, DataSize.ofMegabytes(50));
	}

	/**
	 * Return the settings, or {@code null} if there is no directory.
	 */
	@Nullable SpoolSettings settings() {
		return (this.directory != null)
				? new SpoolSettings(this.directory.toPath(), this.maxEvents, this.maxSize.toBytes()) : null;
	}

	/**
	 * Return the number of events that it takes at most, 0 if there is no directory.
	 */
	int capacity() {
		return (this.directory != null) ? this.maxEvents : 0;
	}

	void check() {
		PropertyChecks.checkRange("spool.max-events", this.maxEvents, 1_000_000);
		PropertyChecks.check(this.maxSize.toKilobytes() >= 10, "spool.max-size", this.maxSize,
				"Must be at least 10KB.");
	}

}
