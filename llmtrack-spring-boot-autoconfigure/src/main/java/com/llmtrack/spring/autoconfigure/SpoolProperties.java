// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.io.File;

import com.llmtrack.spring.delivery.spool.SpoolSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Pending events on disk.
 */
final class SpoolProperties {

	/**
	 * Directory that keeps pending events, so that they survive a restart. Any number of
	 * applications may share it. If not set, they are kept in memory only.
	 */
	private @Nullable File directory;

	/**
	 * Maximum number of events that one application keeps in the directory. Further ones
	 * are kept in memory only.
	 */
	private int maxEvents = 50_000;

	/**
	 * Maximum size of the events that one application keeps in the directory. Further
	 * ones are kept in memory only.
	 */
	private DataSize maxSize = DataSize.ofMegabytes(50);

	public @Nullable File getDirectory() {
		return this.directory;
	}

	public void setDirectory(@Nullable File directory) {
		this.directory = directory;
	}

	public int getMaxEvents() {
		return this.maxEvents;
	}

	public void setMaxEvents(int maxEvents) {
		this.maxEvents = maxEvents;
	}

	public DataSize getMaxSize() {
		return this.maxSize;
	}

	public void setMaxSize(DataSize maxSize) {
		this.maxSize = maxSize;
	}

	/**
	 * Return the settings, or {@code null} if there is no directory. An empty name counts
	 * as none, so that it may come from a variable that is not set everywhere.
	 */
	@Nullable SpoolSettings settings() {
		return (this.directory != null && StringUtils.hasText(this.directory.getPath()))
				? new SpoolSettings(this.directory.toPath(), this.maxEvents, this.maxSize.toBytes()) : null;
	}

	void check() {
		LlmTrackProperties.check(this.maxEvents >= 1 && this.maxEvents <= 1_000_000, "spool.max-events", this.maxEvents,
				"Must be between 1 and 1000000.");
		LlmTrackProperties.check(this.maxSize.toKilobytes() >= 10, "spool.max-size", this.maxSize,
				"Must be at least 10KB.");
	}

}
