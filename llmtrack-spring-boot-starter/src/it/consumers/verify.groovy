// The starter adds our jars to the class path of an OpenAI application, and changes no other one
def classPath = { module ->
	new File(basedir, "${module}/target/class-path.txt").readLines()
		.collect { it.trim() }
		.findAll { it ==~ /[^:\s]+(:[^:\s]+){4,5}/ }
		.collect { it.substring(0, it.lastIndexOf(':')) } as TreeSet
}

def before = classPath('openai')
def after = ['llmtrack-then-openai', 'openai-then-llmtrack'].collectEntries { [it, classPath(it)] }
def added = after.values().collectMany { it - before } as TreeSet
def removed = after.values().collectMany { before - it } as TreeSet
println "class path of an OpenAI application: ${before.size()} jars; " +
	"the starter adds: ${added.join(', ') ?: 'nothing'}; removes: ${removed.join(', ') ?: 'nothing'}"

assert before.size() > 50 : 'This is not the class path of an OpenAI application'
assert after.every { module, jars -> jars.size() == before.size() + 3 }
assert added.collect { it.split(':')[0..1].join(':') } == [
	'com.llmtrack:llmtrack-spring-boot-3',
	'com.llmtrack:llmtrack-spring-boot-autoconfigure',
	'com.llmtrack:llmtrack-spring-boot-starter'
] : 'The starter may add no jar but ours'
assert removed.isEmpty() : 'The starter may not change a version'

// Else each application that is packed by Spring Boot's plugins would contain our empty jar
def starters = []
new File("$localRepositoryPath/com/llmtrack/llmtrack-spring-boot-starter").eachFileRecurse {
	if (it.name ==~ /.*\.jar/ && !(it.name ==~ /.*-(sources|javadoc)\.jar/)) {
		starters << it
	}
}
assert starters.size() == 1
new java.util.jar.JarFile(starters[0]).withCloseable {
	assert it.manifest.mainAttributes.getValue('Spring-Boot-Jar-Type') == 'dependencies-starter'
}
true
