// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Starts the smallest application with Spring AI, without and with the starter in turn,
 * and writes what it said of itself. Arguments: the application's build directory, the
 * number of rounds, the file to write.
 */
public final class StartUps {

	private StartUps() {
	}

	public static void main(String[] args) throws Exception {
		Path application = Path.of(args[0]);
		int rounds = Integer.parseInt(args[1]);
		List<Path> without = classPath(application, false);
		List<Path> with = classPath(application, true);
		List<String> lines = new ArrayList<>();
		try (ServerSocket llmTrack = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			AtomicInteger connections = countConnections(llmTrack);
			for (int i = 0; i < rounds; i++) {
				lines.add(line("without", without, start(without, llmTrack.getLocalPort())));
				lines.add(line("with", with, start(with, llmTrack.getLocalPort())));
			}
			lines.add("{\"connections\":" + connections.get() + "}");
		}
		Files.write(Path.of(args[2]), lines);
	}

	private static List<Path> classPath(Path application, boolean starter) throws IOException {
		List<Path> classPath = new ArrayList<>(List.of(application.resolve("application.jar")));
		try (Stream<Path> libraries = Files.list(application.resolve("lib"))) {
			libraries.filter((library) -> starter || !library.getFileName().toString().startsWith("llmtrack-"))
				.filter(StartUps::isPacked)
				.sorted()
				.forEach(classPath::add);
		}
		return classPath;
	}

	/**
	 * Return whether Spring Boot's plugins pack a library into an application, which they
	 * don't with starters, as their jars are empty.
	 */
	private static boolean isPacked(Path library) {
		try (JarFile jar = new JarFile(library.toFile())) {
			return !"dependencies-starter"
				.equals(jar.getManifest().getMainAttributes().getValue("Spring-Boot-Jar-Type"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static AtomicInteger countConnections(ServerSocket server) {
		AtomicInteger connections = new AtomicInteger();
		Thread thread = new Thread(() -> {
			while (!server.isClosed()) {
				try {
					server.accept().close();
					connections.incrementAndGet();
				}
				catch (IOException ex) {
					// Closed, as all applications have ended
				}
			}
		});
		thread.setDaemon(true);
		thread.start();
		return connections;
	}

	private static String start(List<Path> classPath, int llmTrackPort) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(System.getProperty("java.home") + File.separator + "bin/java", "-cp",
				String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()),
				"com.llmtrack.benchmarks.application.SmallestApplication",
				"--llmtrack.base-url=http://localhost:" + llmTrackPort)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			String report = output.lines().reduce("", (first, second) -> second);
			if (process.waitFor() != 0) {
				throw new IllegalStateException("The application failed: " + report);
			}
			return report;
		}
	}

	private static String line(String variant, List<Path> classPath, String report) throws IOException {
		long bytes = 0;
		for (Path entry : classPath) {
			bytes += Files.size(entry);
		}
		return "{\"variant\":\"" + variant + "\",\"jars\":" + (classPath.size() - 1) + ",\"classPathBytes\":" + bytes
				+ "," + report.substring(1);
	}

}
