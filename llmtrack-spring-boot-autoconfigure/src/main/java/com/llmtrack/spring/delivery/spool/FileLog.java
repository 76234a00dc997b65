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
 * The log lines about single files and directories of the spool, no kind of line more
 * than once a minute. Used by one thread at a time.
 */
final class FileLog {

	private static final Log logger = LogFactory.getLog("com.llmtrack.spring.delivery");

	private static final int MAX_REMEMBERED = 100;

	private final Path directory;

	private final LogOnce oncePerMinute;

	private final LogOnce once = LogOnce.forever();

	private final Set<Path> notAdopted = new HashSet<>();

	FileLog(Path directory, LongSupplier clock) {
		this.directory = directory;
		this.oncePerMinute = LogOnce.perMinute(clock);
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
