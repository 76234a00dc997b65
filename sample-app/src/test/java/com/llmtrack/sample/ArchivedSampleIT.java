// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the extracted application with an archive of its loaded classes, which a run for
 * training wrote.
 */
@Tag("slow")
@Tag("jdk")
class ArchivedSampleIT {

	@TempDir
	private Path directory;

	@Test
	void eventsAreDeliveredWithClassDataSharing() throws Exception {
		assertDeliveredWith("-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=", "shared objects file (top)");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_25)
	void eventsAreDeliveredWithTheCacheOfTheJdk() throws Exception {
		assertDeliveredWith("-XX:AOTCacheOutput=", "-XX:AOTCache=", "shared objects file");
	}

	private void assertDeliveredWith(String train, String use, String source) throws Exception {
		Path archive = this.directory.resolve("archive");
		Path classes = this.directory.resolve("classes");
		Path jar = extract();
		run(train + archive, jar);
		assertThat(archive).isNotEmptyFile();
		run(use + archive, jar, "-Xlog:class+load:file=" + classes);
		assertThat(Files.readAllLines(classes))
			.filteredOn((line) -> line.contains("com.llmtrack.spring.delivery.EventDispatcher "))
			.singleElement()
			.asString()
			.contains(source);
	}

	private void run(String archive, Path jar, String... options) throws Exception {
		List<String> all = Stream.concat(Stream.of(options), Stream.of(archive, "-jar", jar.toString())).toList();
		try (RecordingServer server = new RecordingServer();
				SampleProcess sample = new SampleProcess(this.directory, all, server.argument(),
						"--spring.main.web-application-type=none", "--sample.first-requests=summary,translation")) {
			assertThat(sample.awaitEnd()).as(sample.log()).isZero();
			assertThat(server.events()).hasSize(2);
			assertThat(sample.log()).doesNotContain(" WARN ", " ERROR ");
		}
	}

	/**
	 * Extract the application, since the JVM archives no classes from jars inside of a
	 * jar.
	 */
	private Path extract() throws Exception {
		Path extracted = this.directory.resolve("extracted");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Djarmode=tools", "-jar", SampleProcess.JAR.toString(), "extract", "--destination",
				extracted.toString())
			.inheritIO()
			.start();
		assertThat(process.waitFor()).isZero();
		return extracted.resolve(SampleProcess.JAR.getFileName());
	}

}
