// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

import com.llmtrack.spring.logging.LogOnce;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The log lines of the spool: one when a problem begins and one when it is over, no kind
 * of line more than once a minute. Used by the delivery thread only.
 */
final class SpoolLog {

	private static final Log logger = LogFactory.getLog("com.llmtrack.spring.delivery");

	private static final int MAX_REMEMBERED = 100;

	private final Path directory;

	private final LogOnce oncePerMinute;

	private final LogOnce once = LogOnce.forever();

	private final Set<Path> notAdopted = new HashSet<>();

	private boolean failing;

	private boolean full;

	SpoolLog(Path directory, LongSupplier clock) {
		this.directory = directory;
		this.oncePerMinute = LogOnce.perMinute(clock);
	}

	void failed(Exception failure) {
		if (!this.failing && this.oncePerMinute.isDue("failed")) {
			this.failing = true;
			logger.warn("The spool " + this.directory + " can't be used (" + failure + "). Pending events are kept in "
					+ "memory only until it can; see that llmtrack.spool.directory can be written to and has room.");
		}
	}

	void recovered() {
		if (this.failing) {
			this.failing = false;
			logger.info("The spool " + this.directory + " is used again.");
		}
	}

	void full(int events, long bytes) {
		if (!this.full && this.oncePerMinute.isDue("full")) {
			this.full = true;
			logger.warn("The spool " + this.directory + " is full with " + events + " events of " + bytes
					+ " bytes; further ones are kept in memory only. See llmtrack.spool.max-events and "
					+ "llmtrack.spool.max-size.");
		}
	}

	void stored() {
		this.full = false;
	}

	void adopted(int events) {
		if (events > 0) {
			logger.info("Took over " + events + " events from the spool that were not delivered before.");
		}
	}

	void unreadable(String file, Exception failure) {
		if (this.oncePerMinute.isDue("unreadable")) {
			logger.warn("The file " + file + " in the spool " + this.directory + " is damaged or gone ("
					+ failure.getClass().getSimpleName() + "); its event is lost. What is left of it is kept with the "
					+ "ending .unreadable.");
		}
	}

	void notRead(String file, Exception failure) {
		if (this.oncePerMinute.isDue("notRead")) {
			logger.warn("The file " + file + " in the spool " + this.directory + " can't be read at present (" + failure
					+ "); its event is kept and tried again now and then.");
		}
	}

	void notAdopted(Path instance, Exception failure) {
		if (this.notAdopted.size() < MAX_REMEMBERED && !this.notAdopted.contains(instance)
				&& this.oncePerMinute.isDue("notAdopted")) {
			this.notAdopted.add(instance);
			logger.warn("What another process left in the spool can't be taken over (" + failure + "). See that "
					+ instance + " can be read and written to.");
		}
	}

	void foreign(Path file) {
		if (this.once.isDue("foreign")) {
			logger.warn("The spool " + this.directory + " has files that are not LLMtrack's, such as "
					+ file.getFileName() + "; they are left alone. Better give llmtrack.spool.directory a directory "
					+ "of its own.");
		}
	}

}
