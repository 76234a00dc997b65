// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Checks that the diagrams in the documentation show the existing modules, packages and
 * classes with their actual dependencies.
 */
@Tag("project")
class DocumentedDiagramTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("com.llmtrack.spring");

	static List<CodeBlock> blocks() {
		return Page.blocks("mermaid");
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void everyLineIsUnderstood(CodeBlock block) {
		assertThat(block.code().lines()).as("%s", block).allMatch(Diagram::isUnderstood);
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void everyBoxIsAModuleOrAPackageOrAClass(CodeBlock block) {
		assertThat(Diagram.of(block.code()).boxes()).isNotEmpty()
			.allMatch((box) -> isModule(box) || isPackage(box) || find(box).isPresent());
	}

	@Test
	void packagesUseEachOtherAsIsShown() {
		Diagram house = house();
		assertThat(house.boxes()).containsAll(packages());
		assertThat(arrows(house, DocumentedDiagramTests::isPackage)).isEqualTo(dependenciesOfPackages());
	}

	@Test
	void modulesUseEachOtherAsIsShown() {
		Diagram house = house();
		Set<Diagram.Arrow> expected = house.boxes()
			.stream()
			.filter(DocumentedDiagramTests::isModule)
			.flatMap((module) -> Artifacts.ownDependencies(module).map((target) -> new Diagram.Arrow(module, target)))
			.collect(Collectors.toSet());
		assertThat(arrows(house, DocumentedDiagramTests::isModule)).isEqualTo(expected).isNotEmpty();
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void classesKnowThoseThatArrowsLeadTo(CodeBlock block) {
		Set<Diagram.Arrow> arrows = arrows(Diagram.of(block.code()), (box) -> find(box).isPresent());
		assertThat(arrows).allMatch((arrow) -> knows(find(arrow.from()).orElseThrow(), find(arrow.to()).orElseThrow()));
	}

	@Test
	void thereIsADiagramOfClasses() {
		assertThat(blocks()).anyMatch((block) -> Diagram.of(block.code()).boxes().contains("EventDispatcher"));
	}

	@Test
	void diagramIsRead() {
		Diagram diagram = Diagram.of("flowchart TD\n    a[\"One\"] --> b[\"Two\"]\n    b -. \"wakes\" .-> a\n");
		assertThat(diagram.boxes()).containsExactlyInAnyOrder("One", "Two");
		assertThat(diagram.arrows()).containsExactlyInAnyOrder(new Diagram.Arrow("One", "Two"),
				new Diagram.Arrow("Two", "One"));
		assertThat(Diagram.isUnderstood("    a --> b")).isTrue();
		assertThat(Diagram.isUnderstood("    a ==> b")).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> Diagram.of("a[\"One\"] --> b"));
	}

	private static Diagram house() {
		return blocks().stream()
			.map((block) -> Diagram.of(block.code()))
			.filter((diagram) -> diagram.boxes().stream().anyMatch(DocumentedDiagramTests::isPackage))
			.findFirst()
			.orElseThrow();
	}

	private static Set<Diagram.Arrow> arrows(Diagram diagram, Predicate<String> ends) {
		return diagram.arrows()
			.stream()
			.filter((arrow) -> ends.test(arrow.from()) && ends.test(arrow.to()))
			.collect(Collectors.toSet());
	}

	private static Set<String> packages() {
		return CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
	}

	private static Set<Diagram.Arrow> dependenciesOfPackages() {
		return CLASSES.stream()
			.filter((type) -> !type.getSimpleName().equals("package-info"))
			.flatMap((type) -> type.getDirectDependenciesFromSelf().stream())
			.map((dependency) -> new Diagram.Arrow(dependency.getOriginClass().getPackageName(),
					dependency.getTargetClass().getBaseComponentType().getPackageName()))
			.filter((arrow) -> isPackage(arrow.to()) && !arrow.from().equals(arrow.to()))
			.collect(Collectors.toSet());
	}

	private static boolean isModule(String box) {
		return Project.modules().contains(box);
	}

	private static boolean isPackage(String box) {
		return packages().contains(box);
	}

	private static Optional<JavaClass> find(String simpleName) {
		return CLASSES.stream().filter((type) -> type.getSimpleName().equals(simpleName)).findFirst();
	}

	/**
	 * Return whether a class knows another one, or something that the other one is.
	 */
	private static boolean knows(JavaClass from, JavaClass to) {
		return from.getDirectDependenciesFromSelf()
			.stream()
			.map((dependency) -> dependency.getTargetClass())
			.filter((target) -> target.getPackageName().startsWith("com.llmtrack."))
			.anyMatch((target) -> Stream.concat(Stream.of(to), to.getAllRawInterfaces().stream())
				.anyMatch(target::equals));
	}

}
