// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

import com.llmtrack.spring.files.OwnerOnly;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.BDDMockito;
import org.mockito.MockedStatic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link InstanceDirectory} and {@link InstanceLock}.
 */
@Timeout(60)
class InstanceDirectoryTests {

	@TempDir
	Path root;

	@AfterEach
	void nothingStaysLocked() {
		assertThat(claims()).isEmpty();
	}

	@Test
	void ownerLocksOthersOut() throws IOException {
		try (InstanceDirectory own = InstanceDirectory.create(this.root)) {
			Path directory = onlyDirectory();
			assertThat(InstanceDirectory.tryOwn(directory)).isNull();
			assertThat(InstanceDirectory.tryOwn(directory)).isNull();
			assertThat(InstanceDirectory.others(this.root, own)).isEmpty();
		}
		assertThat(list()).isEmpty();
	}

	@Test
	void directoryWithFilesOutlastsItsOwner() throws IOException {
		InstanceDirectory own = InstanceDirectory.create(this.root);
		own.write("a", new byte[5]);
		Path directory = onlyDirectory();
		own.close();
		try (InstanceDirectory adopted = InstanceDirectory.tryOwn(directory)) {
			assertThat(adopted).isNotNull();
			assertThat(adopted.files()).containsExactly(directory.resolve("a"));
			assertThat(InstanceDirectory.tryOwn(directory)).isNull();
			adopted.delete("a");
		}
		assertThat(list()).isEmpty();
	}

	@Test
	void lockWithoutDirectoryIsRemoved() throws IOException {
		Path directory = this.root.resolve("llmtrack-" + UUID.randomUUID());
		Files.createFile(directory.resolveSibling(directory.getFileName() + ".lock"));
		try (InstanceDirectory own = InstanceDirectory.create(this.root)) {
			assertThat(InstanceDirectory.others(this.root, own)).containsExactly(directory);
			try (InstanceDirectory other = InstanceDirectory.tryOwn(directory)) {
				assertThat(other).isNotNull();
				assertThat(other.files()).isEmpty();
			}
			assertThat(InstanceDirectory.others(this.root, own)).isEmpty();
		}
	}

	@Test
	void directoryWithoutLockIsAdopted() throws IOException {
		Path directory = Files.createDirectory(this.root.resolve("llmtrack-" + UUID.randomUUID()));
		try (InstanceDirectory other = InstanceDirectory.tryOwn(directory)) {
			assertThat(other).isNotNull();
		}
		assertThat(list()).isEmpty();
	}

	@Test
	void lockThatIsGoneWithItsDirectoryDoesNotComeBack() throws IOException {
		assertThat(InstanceDirectory.tryOwn(this.root.resolve("llmtrack-" + UUID.randomUUID()))).isNull();
		assertThat(list()).isEmpty();
	}

	@Test
	void filesOfOthersAreLeftAlone() throws IOException {
		Path file = Files.createFile(this.root.resolve(UUID.randomUUID().toString()));
		Path named = Files.createFile(this.root.resolve("llmtrack-" + UUID.randomUUID()));
		Path directory = Files.createDirectory(this.root.resolve(UUID.randomUUID().toString()));
		Path link = Files.createSymbolicLink(this.root.resolve("llmtrack-" + UUID.randomUUID()), directory);
		try (InstanceDirectory own = InstanceDirectory.create(this.root)) {
			assertThat(InstanceDirectory.others(this.root, own)).isEmpty();
			assertThat(InstanceDirectory.foreignFiles(this.root)).containsExactlyInAnyOrder(file, named, directory,
					link);
		}
		assertThat(list()).containsExactlyInAnyOrder(file, named, directory, link);
	}

	@Test
	void directoryOfBudgetsIsNotForeign() throws IOException {
		Files.createDirectory(this.root.resolve("budgets"));
		assertThat(InstanceDirectory.foreignFiles(this.root)).isEmpty();
	}

	@Test
	void whatCannotBeCreatedLeavesNothingBehind() throws IOException {
		Path file = Files.createFile(this.root.resolve("file"));
		assertThatIOException().isThrownBy(() -> InstanceDirectory.create(file));
		assertThat(list()).containsExactly(file);
	}

	@Test
	void directoryThatCannotBeCreatedLeavesNoLockBehind() throws IOException {
		try (MockedStatic<OwnerOnly> full = BDDMockito.mockStatic(OwnerOnly.class, BDDMockito.CALLS_REAL_METHODS)) {
			full.when(() -> OwnerOnly.createDirectories(BDDMockito.argThat((path) -> !this.root.equals(path))))
				.thenThrow(new IOException("No space left on device"));
			for (int i = 0; i < 3; i++) {
				assertThatIOException().isThrownBy(() -> InstanceDirectory.create(this.root))
					.withMessage("No space left on device");
			}
		}
		assertThat(list()).isEmpty();
	}

	@Test
	void interruptedThreadWritesAllTheSame() throws IOException {
		try (InstanceDirectory own = InstanceDirectory.create(this.root)) {
			Thread.currentThread().interrupt();
			own.write("a", new byte[5]);
			assertThat(Thread.interrupted()).isTrue();
			assertThat(own.read("a")).hasSize(5);
			own.delete("a");
		}
	}

	@Test
	void othersSeeAFileCompleteOrNotAtAll() throws IOException {
		byte[] content = new byte[1_000_000];
		AtomicBoolean seen = new AtomicBoolean();
		try (InstanceDirectory own = InstanceDirectory.create(this.root)) {
			CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
				while (!seen.get()) {
					writeAndDelete(own, "a", content);
				}
			});
			try {
				assertThat(sizes(onlyDirectory().resolve("a"), 200)).containsOnly((long) content.length);
			}
			finally {
				seen.set(true);
				writer.join();
			}
		}
	}

	private static void writeAndDelete(InstanceDirectory directory, String name, byte[] content) {
		try {
			directory.write(name, content);
			directory.delete(name);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the sizes of a file that comes and goes.
	 */
	private static Set<Long> sizes(Path file, int times) throws IOException {
		Set<Long> sizes = new HashSet<>();
		for (int seen = 0; seen < times;) {
			try {
				sizes.add(Files.size(file));
				seen++;
			}
			catch (NoSuchFileException ex) {
				// Not there at the moment
			}
		}
		return sizes;
	}

	@Test
	void failedWriteLeavesNothingBehind() throws IOException {
		try (InstanceDirectory own = InstanceDirectory.create(this.root)) {
			Path directory = Files.createDirectories(onlyDirectory().resolve("a").resolve("b"));
			assertThatIOException().isThrownBy(() -> own.write("a", new byte[5]));
			assertThat(own.files()).containsExactly(directory.getParent());
			Files.delete(directory);
			Files.delete(directory.getParent());
		}
	}

	@Test
	void claimIsNoSystemPropertyAndKeepsNoClassLoaderAlive() throws Exception {
		Set<Object> before = Set.copyOf(System.getProperties().keySet());
		try (InstanceDirectory own = InstanceDirectory.create(this.root)) {
			assertThat(own.files()).isEmpty();
			assertThat(System.getProperties().keySet()).isSubsetOf(before);
			assertThat(claims()).hasSize(1);
			for (ObjectName claim : claims()) {
				MBeanServer server = ManagementFactory.getPlatformMBeanServer();
				assertThat(server.getClassLoaderFor(claim)).isNull();
				assertThat(server.getMBeanInfo(claim).getClassName()).startsWith("java.");
			}
		}
		assertThat(claims()).isEmpty();
	}

	@Test
	void whoeverRemovesTheClaimDoesNotMakeTwoOwners() throws Exception {
		try (InstanceDirectory own = InstanceDirectory.create(this.root)) {
			Path directory = onlyDirectory();
			for (ObjectName claim : claims()) {
				ManagementFactory.getPlatformMBeanServer().unregisterMBean(claim);
			}
			assertThat(InstanceDirectory.tryOwn(directory)).isNull();
			assertThat(own.files()).isEmpty();
		}
	}

	@Test
	void nobodySharesADirectoryThoughManyComeAndGo() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<Integer>> results = threads
				.invokeAll(IntStream.range(0, 4).<Callable<Integer>>mapToObj((i) -> this::comeAndGo).toList());
			int files = 0;
			for (Future<Integer> result : results) {
				files += result.get();
			}
			assertThat(files).isEqualTo(4 * 100);
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(list()).isEmpty();
	}

	/**
	 * Leave files behind, and take over what others left; whoever does not own what he
	 * takes finds it gone.
	 */
	private int comeAndGo() throws IOException {
		int taken = 0;
		for (int i = 0; i < 100; i++) {
			try (InstanceDirectory own = InstanceDirectory.create(this.root)) {
				own.write(UUID.randomUUID().toString(), new byte[1]);
				taken += takeOver(own);
			}
		}
		// The last one finds nobody alive
		try (InstanceDirectory own = InstanceDirectory.create(this.root)) {
			return taken + takeOver(own);
		}
	}

	private int takeOver(InstanceDirectory own) throws IOException {
		int taken = 0;
		for (Path directory : InstanceDirectory.others(this.root, own)) {
			try (InstanceDirectory other = InstanceDirectory.tryOwn(directory)) {
				for (Path file : (other != null) ? other.files() : List.<Path>of()) {
					own.takeOver(file);
					own.delete(file.getFileName().toString());
					taken++;
				}
			}
		}
		return taken;
	}

	private Path onlyDirectory() throws IOException {
		return list().stream().filter(Files::isDirectory).findFirst().orElseThrow();
	}

	private List<Path> list() throws IOException {
		try (var files = Files.list(this.root)) {
			return files.toList();
		}
	}

	private static Set<ObjectName> claims() {
		try {
			return ManagementFactory.getPlatformMBeanServer()
				.queryNames(new ObjectName("com.llmtrack.spring:type=SpoolLock,*"), null);
		}
		catch (MalformedObjectNameException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
