"""Whether a person is a woman or a man, by given name and by the words for the person; often nobody can tell."""

from __future__ import annotations

_WOMEN = frozenset(
    """
    abigail ada agnes aisha alexandra alice alicia alison allison amanda amber amelia amy ana angela angelina anita
    ann anna annalena anne annette annie antonia astrid barbara beatrice bella bernadette beth betty beverly birgit
    bonnie brenda bridget brigitte brittany camilla carla carmen carol caroline carolyn catherine cecilia charlotte
    cheryl chloe christina christine cindy claire clara claudia colleen condoleezza cristina cynthia daniela deborah
    debbie denise diana diane dolores donna dora doris dorothy edith eileen elaine eleanor elena elisabeth elise
    elizabeth ella ellen elsa emily emma erika erin esther eva evelyn fatima fiona florence frances francesca
    gabriela gail gertrude gina giorgia gloria grace greta gretchen hannah heather heidi helen helena helga hilary
    hillary hope ida ines ingrid irene iris irina isabel isabella ivanka jacinda jacqueline jane janet janice
    jasmine jeanne jennifer jenny jessica jill joan joanna jodie josephine joyce judith judy julia julie karen karin
    katarina kate katherine kathleen kathryn kathy katie katrina kayleigh kellyanne kerstin kimberly kirsten kristen
    kristin kristina laura lauren leila lena liliana lillian linda lisa liz lois loretta lori lorraine louise lucia
    lucy lydia madeleine magdalena marcia margaret margarita maria marianne marie marilyn marina marjorie marta
    martha mary maureen maya megan melania melanie melissa mia michelle mildred miriam molly monica nadia nancy
    naomi natalia natalie nicole nikki nina nora olga olivia pamela patricia paula pauline peggy penny petra phyllis
    priscilla rachel rebecca regina renate rita roberta rosa rose rosemary ruth sabine sally samantha sandra sara
    sarah sharon sheila shirley silvia sofia sonia sophia sophie stella stephanie susan susanne suzanne svetlana
    sylvia tamara tanya tara tatiana teresa thelma theresa tiffany tina tulsi ursula valentina valerie vanessa vera
    veronica victoria viola viktoria vivian wendy yolanda yulia yvonne zoe
    """.split()
)
_MEN = frozenset(
    """
    aaron abdul abdullah abraham adam adrian ahmad ahmed alan albert alejandro aleksandr alexander alexei alfred ali
    allen alberto alvin anders andreas andrei andres andrew angus anthony antonio antony arnold arthur arturo barack
    barry benjamin bernard bernie bill billy bob boris brad bradley brandon brent brett brian bruce bruno bryan carl
    carlos cesar chad charles charlie chris christian christopher clarence claude clifford clint colin craig curtis
    dan daniel darren dave david dean dennis derek diego dietmar dmitri dmitry dominic donald doug douglas dwight
    earl ed eddie edgar eduardo edward edwin elijah elon emmanuel enrique eric erik ernest eugene evan fabio felix
    fernando filip francis francisco francois françois frank frederick fred gary gavin geoffrey george gerald gerard
    gerhard gilbert glenn gordon graham greg gregory guillermo gunther gustavo hamid hans harold harry harvey hassan
    heinrich helmut henrik henry herbert herman howard hugh hugo hussein ian ibrahim igor isaac ivan jack jacob
    jacques jake james jared jason javier jay jeff jeffrey jens jeremy jerome jerry jesus jim jimmy joaquin joe joel
    johannes john johnny jonathan jorge jose josé joseph josh joshua juan julian julio justin karl keith ken kenneth
    kevin khalid klaus konstantin kurt kyle lance larry lars lawrence leo leon leonard leonid liam lloyd lorenzo
    louis lucas luis luke magnus malcolm manuel marc marcel marco marcus mario mark markus marshall martin marvin
    mathias matt matteo matthew maurice max melvin michael miguel mikhail mike mitch mitt mohamed mohammad mohammed
    muhammad nathan nathaniel neil nicholas nick nicolas nigel nikolai norman olaf oleg oleksandr oliver omar oscar
    otto owen pablo patrick paul pavel pedro pete peter philip phil philippe pierre rafael ralph ramon randall randy
    raul raymond recep reinhard ricardo richard rick rob robert roberto rodney rodrigo roger roland ronald ron ross
    roy rudolf rudy russell ryan salvador samuel scott sean sebastian sergei sergey sergio seth simon stanley stefan
    stephen steve steven stuart sven ted terrence theodore thomas tim timothy tobias todd tom tommy tony travis
    tyler vernon viktor victor vincent vladimir volodymyr walter warren wayne werner wesley wilhelm william willie
    wolfgang xavier yuri yury zachary
    """.split()
)
_HER = frozenset(
    """
    mrs ms miss madam queen princess lady dame duchess baroness chairwoman spokeswoman congresswoman councilwoman
    assemblywoman businesswoman policewoman actress heroine hostess waitress woman girl mother wife widow daughter
    sister grandmother aunt niece girlfriend
    """.split()
)
_HIS = frozenset(
    """
    mr sir king prince lord duke baron chairman spokesman congressman councilman assemblyman businessman policeman
    actor man boy father husband widower son brother grandfather uncle nephew boyfriend pope
    """.split()
)


def female_by_name(words: tuple[str, ...]) -> bool | None:
    """True of a woman's given name, false of a man's; ``None`` of a surname alone and where it may be either."""
    if len(words) < 2:
        return None
    first = words[0].casefold()
    return True if first in _WOMEN else False if first in _MEN else None


def female_by_word(word: str) -> bool | None:
    """The same of a word by which somebody is called: ``Mrs.``, ``spokesman``, ``widow``."""
    plain = word.casefold().rstrip(".")
    return True if plain in _HER else False if plain in _HIS else None
