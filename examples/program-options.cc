/* SPDX-License-Identifier: GPL-2.0-only */

#include "program-options.h"

#include "ns3/config.h"
#include "ns3/global-value.h"
#include "ns3/string.h"

#include <algorithm>
#include <exception>
#include <fcntl.h>
#include <fstream>
#include <iostream>
#include <sstream>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace po = boost::program_options;

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief Boost's message, in one line and without its quotes and capitals.
 * @param error what Boost threw
 * @return the line
 */
std::string
Explain(const po::error& error)
{
    std::string text = error.what();
    for (char& c : text)
    {
        c = c == '\n' ? ' ' : c;
    }
    return text;
}

/**
 * @brief A number without useless decimals.
 * @param value the number
 * @return the text
 */
std::string
ToText(double value)
{
    std::ostringstream text;
    text.precision(10);
    text << value;
    return text.str();
}

/**
 * @brief The value of an option as text.
 * @param value the value
 * @return one text for each value of it
 */
std::vector<std::string>
ToTexts(const boost::any& value)
{
    if (const auto* text = boost::any_cast<std::string>(&value))
    {
        return {*text};
    }
    if (const auto* number = boost::any_cast<double>(&value))
    {
        return {ToText(*number)};
    }
    if (const auto* number = boost::any_cast<uint32_t>(&value))
    {
        return {std::to_string(*number)};
    }
    if (const auto* flag = boost::any_cast<bool>(&value))
    {
        return {*flag ? "true" : "false"};
    }
    if (const auto* list = boost::any_cast<std::vector<std::string>>(&value))
    {
        return *list;
    }
    return {};
}

/**
 * @brief What there is to say of an argument that ns-3 does not take.
 * @param argument name=value
 * @return the message
 */
std::string
ToRefusal(const std::string& argument)
{
    return "option --" + argument + ": ns-3 has no such attribute, or refuses the value";
}

} // namespace

ProgramOptions::ProgramOptions(std::string summary, const char* out, const char* outHelp)
    : m_summary(std::move(summary)),
      m_options("Options (the same keys work in an INI file)", 100)
{
    m_options.add_options()("help,h", "print this and exit");
    m_options.add_options()("config",
                            po::value<std::string>()->value_name("FILE.ini"),
                            "read options from a file, one key=value a line");
    m_options.add_options()("out",
                            po::value<std::string>()->default_value(out)->value_name("DIR"),
                            outHelp);
    m_options.add_options()(
        "quiet",
        po::value<bool>()->default_value(false, "no")->implicit_value(true)->value_name("yes|no"),
        "print neither transcript nor summary");
}

po::options_description&
ProgramOptions::Add()
{
    return m_options;
}

po::options_description&
ProgramOptions::AddHidden()
{
    return m_hidden;
}

po::options_description
ProgramOptions::GetAll() const
{
    po::options_description all;
    all.add(m_options).add(m_hidden);
    return all;
}

bool
ProgramOptions::Parse(int argc, char* argv[])
{
    m_program = std::filesystem::path(argv[0]).filename().string();
    try
    {
        // No abbreviations: an option added later would change what they mean.
        const int style =
            po::command_line_style::default_style & ~po::command_line_style::allow_guessing;
        const po::options_description all = GetAll();
        const po::parsed_options parsed = po::command_line_parser(argc, argv)
                                              .options(all)
                                              .style(style)
                                              .allow_unregistered()
                                              .run();
        po::store(parsed, m_values);
        NoteOrder(parsed);
        if (m_values.count("help") > 0)
        {
            std::cout << "Usage: " << m_program << " [options]\n\n"
                      << m_summary << "\n\n"
                      << m_options << "\nAnything else goes to ns-3, such as --RngRun=3 or "
                      << "--ns3::keepalive::GreTunnelDevice::Mtu=1400.\n";
            return false;
        }
        // ns-3's options of the file come first, so that those of the command line win.
        std::vector<std::string> given;
        for (const auto& argument :
             po::collect_unrecognized(parsed.options, po::include_positional))
        {
            KeepForNs3(argument, given);
        }
        if (m_values.count("config") > 0)
        {
            ParseConfigFile(m_values["config"].as<std::string>());
        }
        m_ns3.insert(m_ns3.end(), given.begin(), given.end());
        po::notify(m_values);
    }
    catch (const po::error& error)
    {
        throw UsageError(Explain(error));
    }
    return true;
}

void
ProgramOptions::ParseConfigFile(const std::string& file)
{
    std::ifstream in(file);
    std::error_code ignored;
    if (!in || std::filesystem::is_directory(file, ignored))
    {
        throw UsageError("option --config=" + file + ": cannot read this file");
    }
    try
    {
        const po::options_description all = GetAll();
        const auto parsed = po::parse_config_file(in, all, true);
        po::store(parsed, m_values);
        NoteOrder(parsed);
        for (const auto& option : parsed.options)
        {
            if (option.unregistered)
            {
                KeepForNs3("--" + option.string_key + "=" + option.value.at(0), m_ns3);
            }
        }
    }
    catch (const po::error& error)
    {
        throw UsageError(file + ": " + Explain(error));
    }
}

void
ProgramOptions::NoteOrder(const po::parsed_options& parsed)
{
    for (const auto& option : parsed.options)
    {
        const std::string& name = option.string_key;
        if (!option.unregistered && !name.empty() &&
            std::find(m_given.begin(), m_given.end(), name) == m_given.end())
        {
            m_given.push_back(name);
        }
    }
}

void
ProgramOptions::Take(const std::vector<std::pair<std::string, std::string>>& settings)
{
    try
    {
        const po::options_description all = GetAll();
        po::parsed_options parsed(&all);
        for (const auto& [name, value] : settings)
        {
            if (all.find_nothrow(name, false) == nullptr)
            {
                throw UsageError("unknown option --" + name);
            }
            po::option option(name, {value});
            option.original_tokens = {"--" + name, value};
            parsed.options.push_back(option);
        }
        po::store(parsed, m_values);
        NoteOrder(parsed);
        po::notify(m_values);
    }
    catch (const po::error& error)
    {
        throw UsageError(Explain(error));
    }
}

void
ProgramOptions::KeepForNs3(const std::string& argument, std::vector<std::string>& kept)
{
    const std::size_t equals = argument.find('=');
    const bool isOption = argument.rfind("--", 0) == 0 && equals != std::string::npos;
    const std::string name = isOption ? argument.substr(2, equals - 2) : "";
    bool known = name.find("::") != std::string::npos;
    for (auto i = GlobalValue::Begin(); i != GlobalValue::End(); ++i)
    {
        known = known || (*i)->GetName() == name;
    }
    if (!known)
    {
        throw UsageError("unknown option " + argument + " (--help lists the options)");
    }
    kept.push_back(argument.substr(2));
}

void
ProgramOptions::PassToNs3(const std::function<void()>& trial) const
{
    for (const auto& argument : m_ns3)
    {
        // ns-3 aborts on many a bad value, some only when it is used. So each is tried in a process
        // of its own first, which may die of it.
        const pid_t child = fork();
        if (child == 0)
        {
            const int null = open("/dev/null", O_WRONLY);
            dup2(null, STDOUT_FILENO);
            dup2(null, STDERR_FILENO);
            try
            {
                ApplyToNs3(argument);
            }
            catch (const UsageError&)
            {
                _exit(1);
            }
            trial();
            _exit(0);
        }
        int status = 1;
        if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
        {
            throw UsageError(ToRefusal(argument));
        }
    }
    for (const auto& argument : m_ns3)
    {
        ApplyToNs3(argument);
    }
}

void
ProgramOptions::ApplyToNs3(const std::string& argument)
{
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(0, equals);
    const StringValue value(argument.substr(equals + 1));
    if (!GlobalValue::BindFailSafe(name, value) && !Config::SetDefaultFailSafe(name, value))
    {
        throw UsageError(ToRefusal(argument));
    }
}

bool
ProgramOptions::IsGiven(const std::string& name) const
{
    return m_values.count(name) > 0 && !m_values[name].defaulted();
}

const std::vector<std::string>&
ProgramOptions::GetGiven() const
{
    return m_given;
}

const std::vector<std::string>&
ProgramOptions::GetNs3() const
{
    return m_ns3;
}

double
ProgramOptions::GetBetween(const std::string& name, double minimum, double maximum) const
{
    const double value = Get<double>(name);
    if (!(value >= minimum && value <= maximum))
    {
        throw UsageError("option --" + name + "=" + ToText(value) + ": out of range, must be " +
                         ToText(minimum) + " to " + ToText(maximum));
    }
    return value;
}

std::filesystem::path
ProgramOptions::MakeOutputDirectory() const
{
    const std::filesystem::path directory = Get<std::string>("out");
    MakeNewDirectory(directory);
    return directory;
}

void
ProgramOptions::MakeNewDirectory(const std::filesystem::path& directory)
{
    std::error_code error;
    if (std::filesystem::exists(directory, error) &&
        !(std::filesystem::is_directory(directory, error) &&
          std::filesystem::is_empty(directory, error)))
    {
        throw UsageError("option --out=" + directory.string() +
                         ": exists and is not an empty directory; nothing is overwritten");
    }
    std::filesystem::create_directories(directory, error);
    if (error)
    {
        throw UsageError("option --out=" + directory.string() + ": " + error.message());
    }
}

std::string
ProgramOptions::ToLines(const std::string& name) const
{
    std::string lines;
    // What says where to read and write is not part of what was run.
    if (name == "help" || name == "config" || name == "out" || m_values.count(name) == 0)
    {
        return lines;
    }
    // Defaults are told, but as comments: given, they could mean something else than left out.
    for (const auto& text : ToTexts(m_values[name].value()))
    {
        lines += (IsGiven(name) ? "" : "# ") + name + '=' + text + '\n';
    }
    return lines;
}

std::string
ProgramOptions::ToIni() const
{
    std::string ini;
    for (const auto& option : m_options.options())
    {
        ini += ToLines(option->long_name());
    }
    for (const auto& argument : m_ns3)
    {
        ini += argument + '\n';
    }
    return ini;
}

std::string
ProgramOptions::ToIniAsGiven(const std::set<std::string>& without) const
{
    std::string ini;
    for (const auto& name : m_given)
    {
        ini += without.count(name) > 0 ? "" : ToLines(name);
    }
    for (const auto& argument : m_ns3)
    {
        ini += argument + '\n';
    }
    for (const auto& option : m_options.options())
    {
        const std::string& name = option->long_name();
        ini += without.count(name) > 0 || IsGiven(name) ? "" : ToLines(name);
    }
    return ini;
}

int
RunProgram(const char* program, int (*body)(int, char*[]), int argc, char* argv[])
{
    try
    {
        return body(argc, argv);
    }
    catch (const UsageError& error)
    {
        std::cerr << program << ": " << error.what() << '\n';
        return 2;
    }
    catch (const std::exception& error)
    {
        std::cerr << program << ": " << error.what() << '\n';
        return 1;
    }
}

} // namespace keepalive
} // namespace ns3
