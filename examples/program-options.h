/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PROGRAM_OPTIONS_H
#define KEEPALIVE_PROGRAM_OPTIONS_H

#include <boost/algorithm/string/join.hpp>
#include <boost/program_options.hpp>
#include <boost/range/adaptor/map.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Bad configuration: one clear line, exit status 2, nothing written.
 */
class UsageError : public std::runtime_error
{
  public:
    using std::runtime_error::runtime_error;
};

/**
 * @brief What all programs of this module do with their command line.
 *
 * The command line and `--config FILE.ini` take the same keys, the command line winning. What is
 * not an option of the program goes to ns-3 if ns-3 knows it: a global value such as `--RngRun=3`,
 * or the default of an attribute such as `--ns3::keepalive::GreTunnelDevice::Mtu=1400`.
 */
class ProgramOptions
{
  public:
    /**
     * @brief Start with the options that every program has: help, config, out, quiet.
     * @param summary what the program does, in a line or a few
     * @param out default of the option out
     * @param outHelp what --help says of it
     */
    explicit ProgramOptions(
        std::string summary,
        const char* out = "results/run",
        const char* outHelp = "directory to write to; it must be empty or not exist");

    /**
     * @brief The options of the program, to be added to.
     * @return the description
     */
    boost::program_options::options_description& Add();

    /**
     * @brief Options that --help does not list, to be added to.
     * @return the description
     */
    boost::program_options::options_description& AddHidden();

    /**
     * @brief Read command line and configuration file.
     * @param argc from main
     * @param argv from main
     * @return false if help was asked for, and printed
     * @throw UsageError if anything is wrong
     */
    bool Parse(int argc, char* argv[]);

    /**
     * @brief Take values from elsewhere, instead of Parse.
     * @param settings names and values
     * @throw UsageError if one is unknown, given twice or not of its type
     */
    void Take(const std::vector<std::pair<std::string, std::string>>& settings);

    /**
     * @brief Hand the rest of the options to ns-3.
     * @param trial uses them once, in a process of its own, where it may fail or crash
     * @throw UsageError if ns-3 does not know one, does not like its value, or dies of it
     */
    void PassToNs3(const std::function<void()>& trial) const;

    /**
     * @brief Hand an argument to ns-3.
     * @param argument name=value
     * @throw UsageError if ns-3 knows no such thing, or does not like the value
     */
    static void ApplyToNs3(const std::string& argument);

    /**
     * @brief Whether an option was given, rather than left at its default.
     * @param name its name
     * @return true if it was
     */
    bool IsGiven(const std::string& name) const;

    /**
     * @brief What was given.
     * @return names of options in the order in which they were, those of the command line first
     */
    const std::vector<std::string>& GetGiven() const;

    /**
     * @brief What is for ns-3.
     * @return such as "RngSeed=3"; the later wins over the earlier
     */
    const std::vector<std::string>& GetNs3() const;

    /**
     * @brief The value of an option that has one.
     * @param name its name
     * @return the value
     */
    template <typename T>
    T Get(const std::string& name) const
    {
        return m_values[name].as<T>();
    }

    /**
     * @brief The value of an option that must lie in a range.
     * @param name its name
     * @param minimum least value allowed
     * @param maximum largest value allowed
     * @return the value
     * @throw UsageError naming option, value and range
     */
    double GetBetween(const std::string& name, double minimum, double maximum) const;

    /**
     * @brief The value of an option that must be one of some words.
     * @param name its name
     * @param choices the words, each with what it stands for
     * @return what the word given stands for
     * @throw UsageError naming option, value and words
     */
    template <typename T>
    T Choose(const std::string& name, const std::vector<std::pair<std::string, T>>& choices) const
    {
        for (const auto& [word, meaning] : choices)
        {
            if (Get<std::string>(name) == word)
            {
                return meaning;
            }
        }
        throw UsageError("option --" + name + "=" + Get<std::string>(name) + ": expected one of " +
                         boost::algorithm::join(choices | boost::adaptors::map_keys, ", "));
    }

    /**
     * @brief Make the output directory, which must not hold anything yet.
     * @return the directory
     * @throw UsageError if it is not empty or cannot be made
     */
    std::filesystem::path MakeOutputDirectory() const;

    /**
     * @brief Make a directory that --out names, which must not hold anything yet.
     * @param directory the directory
     * @throw UsageError if it is not empty or cannot be made
     */
    static void MakeNewDirectory(const std::filesystem::path& directory);

    /**
     * @brief The configuration in force, as an INI file that reproduces it.
     * @return the text; what was left at its default stands there as a comment
     */
    std::string ToIni() const;

    /**
     * @brief The same, for programs to which the order of their options means something.
     * @param without options that are to be left out, besides help, config and out
     * @return the text; what was given comes first, in the order in which it was
     */
    std::string ToIniAsGiven(const std::set<std::string>& without) const;

  private:
    /**
     * @brief All options, listed or not.
     * @return the description
     */
    boost::program_options::options_description GetAll() const;
    /**
     * @brief Remember what was given, and when.
     * @param parsed what Boost found
     */
    void NoteOrder(const boost::program_options::parsed_options& parsed);
    /**
     * @brief One option as lines of an INI file.
     * @param name its name
     * @return a line for each value; a comment if it was left at its default
     */
    std::string ToLines(const std::string& name) const;
    /**
     * @brief Read the configuration file.
     * @param file its name
     * @throw UsageError if it cannot be read or says something unknown
     */
    void ParseConfigFile(const std::string& file);
    /**
     * @brief Keep an argument for ns-3.
     * @param argument such as --RngRun=3
     * @param kept where to
     * @throw UsageError if ns-3 cannot know it
     */
    static void KeepForNs3(const std::string& argument, std::vector<std::string>& kept);

    std::string m_summary;                                 //!< what the program does
    std::string m_program;                                 //!< its name
    boost::program_options::options_description m_options; //!< what it takes
    boost::program_options::options_description m_hidden;  //!< what it takes besides, in silence
    boost::program_options::variables_map m_values;        //!< what it was given
    std::vector<std::string> m_given;                      //!< what it was given, in order
    std::vector<std::string> m_ns3;                        //!< what went to ns-3
};

/**
 * @brief Run a program: turn errors into one line each and the right exit status.
 * @param program name of the program
 * @param body the program; returns its exit status
 * @return exit status: that of the body, 2 for bad usage, 1 for any other error
 */
int RunProgram(const char* program, int (*body)(int, char*[]), int argc, char* argv[]);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PROGRAM_OPTIONS_H */
